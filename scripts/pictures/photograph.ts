import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

/** Photographs a page in Debian's headless Chromium. */
export function photograph(page: string, file: string, width: number, height: number): void {
  execFileSync(
    process.env.CHROMIUM ?? "chromium-headless-shell",
    [
      "--no-sandbox",
      "--headless",
      "--hide-scrollbars",
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      pathToFileURL(page).href,
    ],
    { stdio: ["ignore", "ignore", "ignore"] },
  );
}
