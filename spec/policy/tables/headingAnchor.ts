/** The anchor that GitHub gives a heading. */
export function headingAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
