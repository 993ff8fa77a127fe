/** Points at one statement of one policy; `index` counts from 0. A grant is `{ policy: "grant/ID", index: 0 }`. */
export interface StatementRef {
  policy: string;
  sid: string | null;
  index: number;
  effect: "Allow" | "Deny";
}
