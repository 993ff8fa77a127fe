import type * as lib from "../../lib/index.js";
import type * as specified from "./shapes.js";

/*
 * The published types and the specification's are the same, field by field (specification, sections 1, 2 and 5). Nothing
 * runs here: `npm run typecheck` fails where they part.
 */

/** Without readonly, and with what may be undefined left out, all through. */
type Plain<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<Exclude<T[Key], undefined>> }
    : T;

type Same<One, Other> = [Plain<One>] extends [Plain<Other>]
  ? [Plain<Other>] extends [Plain<One>]
    ? true
    : false
  : false;

type Holds<Claim extends true> = Claim;

export type Agreement = [
  Holds<Same<lib.Diagnosis["subject"], specified.Diagnosis["subject"]>>,
  Holds<Same<lib.Blocker, specified.Blocker>>,
  Holds<Same<lib.Fix, specified.Fix>>,
  Holds<Same<lib.Diagnosis, specified.Diagnosis>>,
  Holds<Same<lib.Snapshot["request"], specified.Snapshot["request"]>>,
  Holds<Same<lib.Snapshot["caller"], specified.Snapshot["caller"]>>,
  Holds<Same<lib.Snapshot["context"], specified.Snapshot["context"]>>,
  Holds<Same<lib.Snapshot["policies"], specified.Snapshot["policies"]>>,
  Holds<Same<lib.Snapshot["key"], specified.Snapshot["key"]>>,
];
