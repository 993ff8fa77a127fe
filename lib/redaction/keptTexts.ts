import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Segment } from "./Redactor.js";
import { redactSnapshot } from "./redactSnapshot.js";
import { keySegmentsOf, segmentsOf, timeSegmentsOf } from "./segmentsOf.js";

/** What stayed, as it stands in the snapshot: neighbouring words that all stayed are one text. */
export function keptTexts(
  snapshot: Snapshot,
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
    name: tell(segmentsOf),
    keyName: tell(keySegmentsOf),
    time: tell(timeSegmentsOf),
    free: (text, instead) => {
      if (isFreeKept(text)) found.add(text);
      return instead;
    },
  });
  return [...found];
}
