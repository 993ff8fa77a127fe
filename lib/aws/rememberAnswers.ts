import type { EvidenceMemory } from "./EvidenceMemory.js";
import { isDenialError } from "./isDenialError.js";

type Send = (command: object & { input?: unknown }, ...rest: unknown[]) => Promise<unknown>;

/**
 * Lets a client answer from memory what it was asked before. Answers and refusals are remembered; what failed otherwise is
 * asked again.
 *
 * @param reader who asks, and where: answers to somebody else are not remembered for this one
 */
export function rememberAnswers<Client extends { send: unknown }>(
  client: Client,
  reader: string,
  memory: EvidenceMemory,
): Client {
  const send = (client.send as Send).bind(client);
  const remembering: Send = async (command, ...rest) => {
    const question = JSON.stringify([reader, command.constructor.name, command.input]);
    const known = memory.get(question);
    if (known !== undefined) {
      try {
        return await known;
      } catch (error) {
        if (isDenialError(error)) throw error;
      }
    }
    const answer = send(command, ...rest);
    memory.set(question, answer);
    answer.catch((error: unknown) => {
      if (!isDenialError(error) && memory.get(question) === answer) memory.delete(question);
    });
    return answer;
  };
  return Object.assign(client, { send: remembering });
}
