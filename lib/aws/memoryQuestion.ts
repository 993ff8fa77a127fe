/** A question as it is remembered; it begins with as whom it was asked. */
export const memoryQuestion = {
  of: (reader: string, ...rest: readonly unknown[]): string => JSON.stringify([reader, ...rest]),
  isOf: (reader: string, question: string): boolean => question.startsWith(`[${JSON.stringify(reader)},`),
} as const;
