/** What one text is: its form decides what may stand for it. */
export type SensitiveForm =
  | "account"
  | "address"
  | "mrk"
  | "number"
  | "o"
  | "ou"
  | "p"
  | "r"
  | "signs"
  | "time"
  | "uniqueId"
  | "uuid"
  | "vpc"
  | "vpce"
  | "word";

/** A piece of a text: what AWS publishes or what only separates has no form and stays. */
export interface Segment {
  text: string;
  form: SensitiveForm | null;
}

/** Rewrites the texts of a snapshot; the same text becomes the same everywhere. */
export interface Redactor {
  /** Names, ARNs, ids, tags and values: piece by piece, so that patterns go on matching what they matched. */
  name: (text: string) => string;
  /** The name of a condition key: only the part that a user chooses, as the tag's key. */
  keyName: (text: string) => string;
  /** A value of a key that holds a time: a time as a whole, anything else as a name. */
  time: (text: string) => string;
  /** Free text: as a whole. */
  free: (text: string, instead: string) => string;
}
