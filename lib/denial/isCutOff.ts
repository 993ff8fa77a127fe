import { cutOff } from "../facts/denials.js";
import type { Squeezed } from "./squeeze.js";

/** Whether a name that ends here was cut off: what it was is not known. */
export function isCutOff({ text }: Squeezed, end: number): boolean {
  const dots = text.slice(Math.max(0, end - 3), end).search(/\.*$/);
  return cutOff.test(text.slice(Math.max(0, end - 3) + dots, end + 10));
}
