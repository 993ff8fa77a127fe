import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Redactor, Segment } from "./Redactor.js";
import { redactSnapshot } from "./redactSnapshot.js";

/** How each kind of text is cut into what is the user's and what is not. */
export type Cuts = Record<Exclude<keyof Redactor, "free">, (text: string) => Segment[]>;

/** What stayed, as it stands in the snapshot: neighbouring words that all stayed are one text. */
export function keptTexts(
  snapshot: Snapshot,
  cuts: Cuts,
  isKept: (word: string) => boolean,
  isFreeKept: (text: string) => boolean,
): string[] {
  const found = new Set<string>();
  const tell = (segmentsIn: (text: string) => Segment[]) => (text: string) => {
    let run = "";
    let between = "";
    const end = () => {
      if (run !== "") found.add(run);
      run = "";
      between = "";
    };
    for (const segment of segmentsIn(text)) {
      if (segment.form === null) between += segment.text;
      else if (!isKept(segment.text)) end();
      else {
        run = run === "" ? segment.text : run + between + segment.text;
        between = "";
      }
    }
    end();
    return text;
  };
  redactSnapshot(snapshot, {
    name: tell(cuts.name),
    keyName: tell(cuts.keyName),
    time: tell(cuts.time),
    free: (text, instead) => {
      if (isFreeKept(text)) found.add(text);
      return instead;
    },
  });
  return [...found];
}
