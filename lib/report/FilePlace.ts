import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";

/** A place in a file; lines and columns count from 1, columns in UTF-16 code units, the end is exclusive. */
export interface FilePlace {
  file: string;
  /** Left out: the file's beginning. */
  line?: number;
  column?: number;
  endColumn?: number;
}

/** Where in somebody's files a blocker stands, or, for null, what was asked about; null where none is known. */
export type PlaceOf = (diagnosis: Diagnosis, blocker: Blocker | null) => FilePlace | null;
