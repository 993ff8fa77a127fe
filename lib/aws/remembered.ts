import type { EvidenceMemory } from "./EvidenceMemory.js";
import { handled } from "./handled.js";
import { isDenialError } from "./isDenialError.js";
import { memoryQuestion } from "./memoryQuestion.js";
import type { Send } from "./Send.js";

/**
 * Asks from memory what was asked before. Answers and refusals are remembered; what failed otherwise is asked again.
 *
 * @param reader as whom is asked: answers to somebody else are not remembered for this one
 * @param region KMS is another one in each Region, the other services are the same everywhere
 */
export function remembered(send: Send, reader: string, region: string, memory: EvidenceMemory): Send {
  return async (service, operation, input, abortSignal) => {
    const question = memoryQuestion.of(reader, service === "kms" ? region : "", service, operation, input);
    const known = memory.get(question);
    if (known !== undefined) {
      try {
        return await known;
      } catch (error) {
        if (isDenialError(error)) throw error;
      }
    }
    const answer = handled(send(service, operation, input, abortSignal));
    memory.set(question, answer);
    try {
      return await answer;
    } catch (error) {
      if (!isDenialError(error) && memory.get(question) === answer) memory.delete(question);
      throw error;
    }
  };
}
