/** How a user's project compiles snippets. */
export const compilerOptions = {
  target: "ES2022",
  module: "NodeNext",
  strict: true,
  types: ["node", "mocha"],
  skipLibCheck: true,
};

/**
 * The imports of what a snippet uses and does not import.
 *
 * @param homes by module, the names that come from it
 */
export function importsFor(text, homes) {
  return Object.entries(homes)
    .map(([home, names]) => {
      const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text) && !imports(text, name));
      return used.length > 0 ? `import { ${used.join(", ")} } from "${home}";\n` : "";
    })
    .join("");
}

function imports(text, name) {
  return [...text.matchAll(/^import \{([^}]*)\}/gm)].some(([, names]) => new RegExp(`\\b${name}\\b`).test(names));
}
