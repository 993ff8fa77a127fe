import { type Clock, systemClock } from "../aws/Clock.js";

/**
 * What a client's own settings answer, as long as there is time: a provider of them may hang.
 *
 * @param left milliseconds
 * @throws TimeoutError where they were not there by then (rejects); what the setting throws
 */
export async function inTime<T>(setting: Promise<T>, left: number, clock: Clock = systemClock): Promise<T> {
  let callOff = () => {};
  const end = new Promise<never>((_, reject) => {
    callOff = clock.after(left, () => {
      const error = new Error("the client's settings were not there before the deadline");
      reject(Object.assign(error, { name: "TimeoutError" }));
    });
  });
  try {
    return await Promise.race([setting, end]);
  } finally {
    callOff();
  }
}
