import { expect } from "chai";
import type { World } from "../../lib/emulator/index.js";
import { accountId, deny, memberWorld } from "../emulator/worlds.js";
import { runs } from "../random/runs.js";
import { type Cell, overreach, pairs, rights, withWorld, worlds } from "./permissionsTable.js";

/** Chains of two random sets of rights taken away, the second also without some more. */
function chains(count: number, seed: number): { some: string[]; more: string[] }[] {
  let state = seed;
  const isDrawn = (oneIn: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 < 1 / oneIn;
  };
  return Array.from({ length: count }, () => {
    const some = rights.filter(() => isDrawn(3));
    return { some, more: rights.filter((right) => some.includes(right) || isDrawn(3)) };
  });
}

const denyAll = { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" } as const;

/** The caller's account manages the organization, whose policies touch it nowhere (aws-behaviour, scp-exempt, rcp-exempt). */
function managementWorld(): World {
  const world = memberWorld({
    serviceControl: deny("backup:*"),
    resourceControl: { Version: "2012-10-17", Statement: [denyAll] },
  });
  const [organization] = world.organizations;
  if (organization === undefined) throw new Error("the world has an organization");
  return { ...world, organizations: [{ ...organization, managementAccountId: accountId }] };
}

// specification, rules 2 and 10: what is not known is not known otherwise with less evidence. npm run rights goes through
// all sets of the fourteen rights that matter; its figures are in docs/permissions.md.
describe("With fewer rights an answer is never more certain, and confirms no other blocker", function () {
  this.timeout(120_000);

  const seed = Number(process.env.RIGHTS_SEED) || Math.floor(Math.random() * 2 ** 31);

  const all = { ...worlds, "the caller's account manages the organization": managementWorld };
  for (const [name, world] of Object.entries(all)) {
    it(`in the world: ${name} (RIGHTS_SEED=${seed} repeats it)`, () =>
      withWorld(world(), async (tell) => {
        const known = new Map<string, Cell>();
        const told = async (without: readonly string[]) => {
          const key = without.join();
          const cell = known.get(key) ?? (await tell(without));
          known.set(key, cell);
          return cell.diagnosis;
        };
        const wrong: string[] = [];
        const compare = async (more: readonly string[], some: readonly string[]) => {
          const found = overreach(await told(more), await told(some));
          if (found !== null) wrong.push(`without ${more.join(", ")}: ${found}; without ${some.join(", ") || "none"}`);
        };

        for (const right of rights) await compare([right], []);
        for (const [one, other] of pairs) {
          await compare([one, other], [one]);
          await compare([one, other], [other]);
        }
        for (const { some, more } of chains(runs(300), seed)) {
          await compare(some, []);
          await compare(more, some);
        }

        expect(wrong).to.deep.equal([]);
      }));
  }
});
