/** Cases that unfold under a line that tells how many they are. */
export function caseList(what: string, cases: readonly string[]): string[] {
  const count = `${cases.length} ${cases.length === 1 ? "case" : "cases"}`;
  return [
    "<details>",
    `<summary>${what === "" ? "" : `${what}: `}${count}</summary>`,
    "",
    ...cases.map((text) => `- ${text}`),
    "",
    "</details>",
    "",
  ];
}
