import type { GenericSchema, InferOutput } from "valibot";
import type { Answer } from "../aws/Answer.js";
import type { DiagnosticService } from "../aws/ClientSettings.js";
import type { ReadName } from "../facts/reads.js";
import { answerSchemas } from "./answerSchemas.js";
import { fitting } from "./fitting.js";
import type { Reading } from "./Reading.js";

/** What a read answers, as far as it is used. */
export type AnswerTo<Name extends ReadName> = InferOutput<(typeof answerSchemas)[Name]>;

/**
 * Makes one read of the table. It never rejects; what does not fit is that read's failure and costs nothing else.
 *
 * @param wrongWith says what else is wrong with an answer that fits; null where nothing is
 * @example
 * const answer = await readAnswer(reading, "iam:GetRole", { RoleName: "Deployer" });
 * if (answer.ok) answer.value.Role.Arn;
 */
export async function readAnswer<Name extends ReadName>(
  { clients, reader }: Reading,
  name: Name,
  input: object,
  wrongWith: (answer: AnswerTo<Name>) => string | null = () => null,
): Promise<Answer<AnswerTo<Name>>> {
  const [service, operation = ""] = name.split(":");
  return reader.ask(name, async (abortSignal) => {
    const sent = await clients.send(service as DiagnosticService, operation, input, abortSignal);
    // One of the schemas by its name: which one it is, the compiler cannot follow.
    const answer = fitting<AnswerTo<Name>>(
      answerSchemas[name] as unknown as GenericSchema<unknown, AnswerTo<Name>>,
      sent,
    );
    const wrong = wrongWith(answer);
    if (wrong !== null) throw Object.assign(new Error(wrong), { name: "MalformedResponse" });
    return answer;
  });
}
