/** What was given is no plan, template or assembly that can be read: where, what was wrong, and what to do. */
export class PlanFormatError extends Error {
  override readonly name = "PlanFormatError";
}
