/** What to do next: who must act, what in words, and what to type where there is something to type. */
export interface NextStep {
  who: string;
  what: string;
  /** Ready to paste into a shell; a word in capitals is for the reader to fill in. */
  command?: string;
  /** Where it is one of the diagnosis's fixes: its number, from 1. */
  fix?: number;
}

/** Who reads this. */
export const you = "you";
