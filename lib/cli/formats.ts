import { type ReportFormat, reportFormats } from "../report/ReportFormat.js";
import { CliError } from "./CliError.js";
import { didYouMean } from "./didYouMean.js";

/** @throws CliError where it is none of these */
export function checkedFormat(format: string): ReportFormat;
export function checkedFormat<Known extends ReportFormat>(format: string, known: readonly Known[]): Known;
export function checkedFormat(format: string, known: readonly ReportFormat[] = reportFormats): ReportFormat {
  const found = known.find((one) => one === format);
  if (found !== undefined) return found;
  throw new CliError(`--format ${format}: expected one of ${known.join(", ")}${didYouMean(format, known)}`);
}
