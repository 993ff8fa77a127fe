import { asRecord, fieldOf } from "./fieldOf.js";

/**
 * The files that cdk puts into buckets, by the names that they get there, as its manifest of assets tells them; none where
 * it is no such manifest.
 *
 * @see https://github.com/aws/aws-cdk packages/@aws-cdk/cloud-assembly-schema/lib/assets/schema.ts
 */
export function assetFiles(manifest: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const file of Object.values(asRecord(fieldOf(parsed(manifest), "files")) ?? {})) {
    const path = fieldOf(fieldOf(file, "source"), "path");
    for (const place of Object.values(asRecord(fieldOf(file, "destinations")) ?? {})) {
      const name = fieldOf(place, "objectKey");
      if (typeof path === "string" && typeof name === "string") names.set(name.replace(/^.*\//, ""), path);
    }
  }
  return names;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
