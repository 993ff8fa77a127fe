/**
 * What a package exports by name. Where a bundler made CommonJS a file of its own, all of it stands under `default`.
 *
 * @see https://esbuild.github.io/content-types/#default-interop
 */
export function namesOf<Module extends object>(loaded: Module): Module {
  const { default: whole } = loaded as { default?: unknown };
  return typeof whole === "object" && whole !== null && Object.keys(loaded).length === 1 ? (whole as Module) : loaded;
}
