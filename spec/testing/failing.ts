/** The error of what must fail, at once or later. */
export async function failing(act: () => unknown): Promise<Error> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("It passed, but was expected to fail.");
}
