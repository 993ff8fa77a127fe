/** The versions of Node.js that the package is tried with, the lowest that it promises first; exact, as a lock's are. */
export const nodes = { 20: "20.19.0", 22: "22.23.1", 24: "24.18.0" };
