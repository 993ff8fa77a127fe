/** GitHub takes a step's summary of at most 1 MiB. */
const longest = 1_000_000;

/**
 * What the outputs and the summary say of diagnoses: the worst outcome of all ("none" of none), and the layer that blocks.
 *
 * @param markdown the diagnoses as a report
 */
export function told(diagnoses, markdown) {
  const of = (outcome) => diagnoses.filter((diagnosis) => diagnosis.outcome === outcome);
  const outcomes = ["blocked", "inconclusive", "allowed"].filter((outcome) => of(outcome).length > 0);
  const counts = outcomes.map((outcome) => `${of(outcome).length} ${outcome}`);
  return {
    outcome: outcomes[0] ?? "none",
    blockingLayer: of("blocked")[0]?.blockingLayer ?? null,
    summary:
      Buffer.byteLength(markdown) <= longest
        ? markdown
        : `# Backup vault access\n\n${counts.join(", ")}; too much for a job's summary: the whole report is in the outputs html and json.\n`,
  };
}
