import type { Diagnosis, Fix, Suspect } from "../diagnosis/Diagnosis.js";
import type { StatementRef } from "../policy/StatementRef.js";

/** A diagnosis with what the specification has added to it, as far as it is there. */
export type Told = Omit<Diagnosis, "fixes" | "suspects"> & {
  subject?: {
    operation: string;
    principalArn: string | null;
    callerArn: string | null;
    accountId: string | null;
    region: string | null;
    backupVaultName: string | null;
    encryptionKeyArn: string | null;
  };
  omittedBlockers?: number;
  fixes: (Fix & { blocker?: number; widens?: string[] })[];
  suspects: (Suspect & { statements?: (StatementRef & { target: string | null })[] })[];
};
