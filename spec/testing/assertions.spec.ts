import * as chai from "chai";
import { layers } from "../../lib/facts/layers.js";
import { type Diagnosis, diagnose, type Layer, parseSnapshot } from "../../lib/index.js";
import { backupVaultAccess, sampleSnapshot, vaultAccessDeniedError } from "../../lib/testing/index.js";
import { failing } from "./failing.js";
import { expectGolden } from "./golden.js";

chai.use(backupVaultAccess());
const { expect } = chai;

const blockedBy = (layer: Layer | null): Diagnosis => diagnose(parseSnapshot(sampleSnapshot(layer)));
const allowed = blockedBy(null);
/** The key policy could not be read. */
const inconclusive = (() => {
  const snapshot = sampleSnapshot();
  if (snapshot.key.status === "read") {
    snapshot.key.value.policy = { status: "unreadable", reason: "AccessDeniedException: kms:GetKeyPolicy" };
  }
  return diagnose(snapshot);
})();
/** The service control policy blocks, and the key policy may too. */
const blockedAndSuspected = (() => {
  const snapshot = sampleSnapshot("service-control-policy");
  if (snapshot.key.status === "read") {
    snapshot.key.value.policy = { status: "unreadable", reason: "AccessDeniedException: kms:GetKeyPolicy" };
  }
  return diagnose(snapshot);
})();

describe("expect(access).to.allowCreatingBackupVault()", () => {
  it("passes where every action is allowed, of a diagnosis and of a promise of one", async () => {
    await expect(allowed).to.allowCreatingBackupVault();
    await expect(Promise.resolve(allowed)).to.allowCreatingBackupVault();
  });

  it("fails where a layer blocks, and says which, by which statement, and what to change", async () => {
    const { name, message } = await failing(() =>
      expect(Promise.resolve(blockedBy("service-control-policy"))).to.allowCreatingBackupVault(),
    );

    expect(name).to.equal("AssertionError");
    expectGolden("allow-blocked", message);
  });

  it("fails at once of a diagnosis, also where nobody awaits", () => {
    const act = () => void expect(blockedBy("key-policy")).to.allowCreatingBackupVault();

    expect(act).to.throw(chai.AssertionError, /is blocked by key-policy/);
  });

  it("is negated where a layer blocks", async () => {
    await expect(blockedBy("key-state")).not.to.allowCreatingBackupVault();
  });

  it("fails negated where every action is allowed", async () => {
    expectGolden("not-allow-allowed", (await failing(() => expect(allowed).not.to.allowCreatingBackupVault())).message);
  });

  it("fails of what cannot be known, as its negation does, and says what is missing", async () => {
    const positive = await failing(() => expect(inconclusive).to.allowCreatingBackupVault());
    const negative = await failing(() => expect(inconclusive).not.to.allowCreatingBackupVault());

    expectGolden("allow-inconclusive", positive.message);
    expectGolden("not-allow-inconclusive", negative.message);
  });

  it("takes what cannot be known where that is asked for", async () => {
    await expect(inconclusive).to.allowCreatingBackupVault({ allowInconclusive: true });
    await expect(inconclusive).not.to.allowCreatingBackupVault({ allowInconclusive: true });
  });

  it("begins a failure with the message that expect was given", async () => {
    const { message } = await failing(() =>
      expect(blockedBy("key-state"), "of Deployer").to.allowCreatingBackupVault(),
    );

    expect(message).to.match(/^of Deployer: Expected creating arn:aws:backup/);
  });

  it("rejects as the promise does where the check itself failed", async () => {
    const failure = new Error("no credentials");

    expect(await failing(() => expect(Promise.reject(failure)).to.allowCreatingBackupVault())).to.equal(failure);
  });

  it("says what it expected of something else than a diagnosis", async () => {
    const { name, message } = await failing(() => expect("allowed").to.allowCreatingBackupVault());

    expect(name).to.equal("TypeError");
    expect(message).to.match(/^expected a Diagnosis .* found string$/);
  });

  it("refuses an option that it does not know", async () => {
    const options = { allowInconclusve: true } as object;

    const { message } = await failing(() => expect(inconclusive).to.allowCreatingBackupVault(options));

    expect(message).to.equal(
      "allowCreatingBackupVault.allowInconclusve: is not known; did you mean allowInconclusive?",
    );
  });
});

describe("expect(access).to.be.blockedBy(layer)", () => {
  for (const layer of layers) {
    it(`passes where ${layer} blocks, and no other layer's does`, async () => {
      const diagnosis = blockedBy(layer);

      await expect(diagnosis).to.be.blockedBy(layer);
      for (const other of layers.filter((one) => one !== layer)) await expect(diagnosis).not.to.be.blockedBy(other);
    });
  }

  it("passes of the statement, policy, target, effect, certainty and action that block", async () => {
    const diagnosis = blockedBy("service-control-policy");

    await expect(diagnosis).to.be.blockedBy("service-control-policy", {
      sid: "NoVaults",
      index: 0,
      policy: "Guardrail",
      target: "r-ab12",
      effect: "explicitDeny",
      certainty: "confirmed",
      action: "backup:CreateBackupVault",
    });
  });

  for (const [trait, expected] of Object.entries({
    sid: { sid: "NoVault" },
    index: { index: 1 },
    policy: { policy: "FullAWSAccess" },
    target: { target: "111122223333" },
    effect: { effect: "implicitDeny" },
    certainty: { certainty: "probable" },
    action: { action: "kms:CreateGrant" },
  } as const)) {
    it(`fails of another ${trait}`, async () => {
      const { message } = await failing(() =>
        expect(blockedBy("service-control-policy")).to.be.blockedBy("service-control-policy", expected),
      );

      expectGolden(`blocked-by-other-${trait}`, message.split("\n\n", 1)[0] ?? "");
    });
  }

  it("fails where another layer blocks, and prints the diagnosis", async () => {
    const { message } = await failing(() => expect(blockedBy("key-policy")).to.be.blockedBy("identity-policy"));

    expectGolden("blocked-by-other-layer", message);
  });

  it("fails where nothing blocks", async () => {
    const { message } = await failing(() => expect(allowed).to.be.blockedBy("identity-policy"));

    expect(message).to.match(/to be blocked by identity-policy, but it is allowed\.\n/);
  });

  it("fails of a suspected layer, as its negation does, although another layer blocks", async () => {
    await expect(blockedAndSuspected).to.be.blockedBy("service-control-policy");
    await expect(blockedAndSuspected).not.to.be.blockedBy("identity-policy");

    const positive = await failing(() => expect(blockedAndSuspected).to.be.blockedBy("key-policy"));
    const negative = await failing(() => expect(blockedAndSuspected).not.to.be.blockedBy("key-policy"));

    expectGolden("blocked-by-suspect", positive.message);
    expect(negative.message).to.match(/not to be blocked by key-policy.*\nWhat cannot be known satisfies neither/);
  });

  it("takes the error of a refused creation", async () => {
    await expect(vaultAccessDeniedError("permissions-boundary")).to.be.blockedBy("permissions-boundary");
  });

  it("refuses a layer that there is not", async () => {
    const { message } = await failing(() => expect(allowed).not.to.be.blockedBy("boundry-policy" as Layer));

    expect(message).to.match(/^blockedBy: "boundry-policy" is no layer; /);
  });
});

describe("expect(call).to.be.rejectedByVaultAccess()", () => {
  const refused = (layer: Layer) => Promise.reject(vaultAccessDeniedError(layer));

  it("passes where the creation is refused with a diagnosis, of any layer or the one that is named", async () => {
    await expect(refused("key-policy")).to.be.rejectedByVaultAccess();
    await expect(refused("key-policy")).to.be.rejectedByVaultAccess({ layer: "key-policy", sid: "NoGrants" });
  });

  it("fails where the creation succeeds, and passes negated", async () => {
    const created = Promise.resolve({ BackupVaultName: "prod-vault" });

    const { message } = await failing(() => expect(created).to.be.rejectedByVaultAccess({ layer: "key-policy" }));

    expectGolden("rejected-created", message);
    await expect(created).not.to.be.rejectedByVaultAccess();
    await expect(created).not.to.be.rejectedByVaultAccess({ layer: "key-policy" });
  });

  it("fails where another layer blocks, and passes negated", async () => {
    const { message } = await failing(() =>
      expect(refused("key-state")).to.be.rejectedByVaultAccess({ layer: "key-policy" }),
    );

    expectGolden("rejected-other-layer", message);
    await expect(refused("key-state")).not.to.be.rejectedByVaultAccess({ layer: "key-policy" });
  });

  it("fails negated where the creation is refused", async () => {
    const { message } = await failing(() => expect(refused("key-state")).not.to.be.rejectedByVaultAccess());

    expect(message).to.match(/^Expected creating the vault not to be refused, but it was: Insufficient privileges/);
  });

  it("fails of another error, also negated, and says it", async () => {
    const reset = () => Promise.reject(new Error("read ECONNRESET"));

    for (const act of [
      () => expect(reset()).to.be.rejectedByVaultAccess(),
      () => expect(reset()).not.to.be.rejectedByVaultAccess(),
    ]) {
      expect((await failing(act)).message).to.match(/another error than a refusal: Error: read ECONNRESET$/);
    }
  });

  it("says what to do where the refusal was not diagnosed", async () => {
    const plain = Object.assign(new Error("Access Denied"), { name: "AccessDeniedException" });

    expectGolden(
      "rejected-undiagnosed",
      (await failing(() => expect(Promise.reject(plain)).to.be.rejectedByVaultAccess())).message,
    );
  });

  it("says what it expected of what is no promise", async () => {
    const { message } = await failing(() => expect({}).to.be.rejectedByVaultAccess());

    expect(message).to.match(/^expected the promise of client\.send/);
  });
});

describe("backupVaultAccess(defaults)", () => {
  it("is how assertions take what cannot be known, where they do not say otherwise", async () => {
    const own = { ...chai };
    const methods: Record<string, (this: object, options?: object) => unknown> = {};
    const flags: Record<string, unknown> = { object: inconclusive };
    backupVaultAccess({ allowInconclusive: true })(
      { ...own, Assertion: { addMethod: (name, method) => Object.assign(methods, { [name]: method }) } },
      { flag: (_assertion, key) => flags[key] },
    );

    await methods.allowCreatingBackupVault?.call({});
    await methods.allowCreatingBackupVault?.call({}, { allowInconclusive: undefined });
    const strict = () => methods.allowCreatingBackupVault?.call({}, { allowInconclusive: false });

    expect(strict).to.throw(chai.AssertionError, /cannot be known/);
  });
});
