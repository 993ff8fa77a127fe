import type { Change } from "./Change.js";

/** Changes that are thought out only where those before them do not do. */
export interface Course {
  /** Offered only where no way before it is proven. */
  isFallback: boolean;
  changes: () => readonly Change[];
}

/** A course whose changes are thought out once, when they are first asked for. */
export function course(isFallback: boolean, make: () => readonly Change[]): Course {
  let made: readonly Change[] | undefined;
  return {
    isFallback,
    changes: () => {
      made ??= make();
      return made;
    },
  };
}
