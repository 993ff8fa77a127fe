/** This package's version, as `npm run release` writes it: told by `--version`, to AWS in the user agent, and in SARIF. */
export const toolVersion = "0.1.0";
