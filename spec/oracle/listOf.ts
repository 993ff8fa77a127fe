/** Every element of a policy may be a single value or a list. */
export function listOf<T>(element: T | T[] | undefined): T[] {
  if (element === undefined) return [];
  return Array.isArray(element) ? element : [element];
}
