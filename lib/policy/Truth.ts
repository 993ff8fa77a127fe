/** Kleene's three truth values: `unknown` is "true or false, but we cannot know which". */
export type Truth = "true" | "false" | "unknown";
