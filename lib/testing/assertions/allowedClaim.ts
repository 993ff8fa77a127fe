import type { Claim } from "./Claim.js";

/** That every required action is allowed. */
export const allowedClaim: Claim = {
  text: "to be allowed",
  holds: ({ outcome }) => {
    switch (outcome) {
      case "allowed":
        return "true";
      case "blocked":
        return "false";
      case "inconclusive":
        return "unknown";
    }
  },
};
