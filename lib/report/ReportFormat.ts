/** What a diagnosis can be rendered as. */
export const reportFormats = ["text", "json", "ndjson", "junit", "sarif", "html", "markdown", "github"] as const;

export type ReportFormat = (typeof reportFormats)[number];
