import { region } from "../facts/names.js";
import { type FieldRule, fields, shown, that } from "./fieldRule.js";

const services = ["iam", "sts", "kms", "organizations", "cloudtrail"] as const;

const credentials = that(
  (value) =>
    typeof value === "function" ||
    (isRecord(value) && typeof value.accessKeyId === "string" && typeof value.secretAccessKey === "string"),
  "credentials (accessKeyId and secretAccessKey) or a function that gives them",
);

const url = that((value) => typeof value === "string" && isHttpUrl(value), "a URL as https://host:port");

/** A Region's name, as eu-west-1 or us-gov-west-1. */
export const regionRule = that(
  (value) => typeof value === "string" && region.test(value),
  "the name of a Region, as eu-west-1",
  shown,
);

const milliseconds = that(
  (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
  "a number of milliseconds",
);

/** The options that every door takes. */
export const optionRules: Readonly<Record<string, FieldRule>> = {
  evidence: fields({
    credentials,
    organizationCredentials: credentials,
    endpoints: fields(Object.fromEntries(services.map((service) => [service, url]))),
    region: regionRule,
    cloudTrail: (value, field) => {
      if (typeof value === "boolean") return;
      const onWait = that((one) => typeof one === "function", "a function");
      fields({ wait: milliseconds, onWait }, "true, false or an object with wait")(value, field);
    },
  }),
  deadline: that(
    (value) =>
      value instanceof Date ? !Number.isNaN(value.getTime()) : typeof value === "number" && !Number.isNaN(value),
    "milliseconds or a Date",
  ),
  context: (value, field) => {
    that(isRecord, "an object of condition keys")(value, field);
    for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
      that(isContextValue, "a string, an array of strings, null (absent) or { present: true }")(
        item,
        `${field}["${key}"]`,
      );
    }
  },
  onDiagnosis: that((value) => typeof value === "function", "a function"),
  onFailure: that((value) => typeof value === "function", "a function"),
  share: that((value) => typeof value === "boolean", "true or false"),
  probe: that((value) => value === "dry-run", '"dry-run"'),
};

/** Further options of the doors that are given no client to send with. */
export const liveRules: Readonly<Record<string, FieldRule>> = {
  ...optionRules,
  client: that((value) => isRecord(value) && isRecord(value.config), "an AWS SDK client"),
  credentials,
  proveFixes: that((value) => typeof value === "boolean", "true or false"),
};

/** Further options of the doors through which a call can be given up. The SDK's older signals tell one listener alone. */
export const abortSignal = that(
  (value) => isRecord(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function",
  "an AbortSignal",
);

/** Further options of the door that can create again. */
export const retryWhileInconclusive: FieldRule = (value, field) => {
  if (typeof value === "boolean") return;
  const isNumber = (one: unknown) => typeof one === "number" && Number.isFinite(one) && one >= 0;
  fields({ retries: that(isNumber, "a number of tries"), minTimeout: that(isNumber, "milliseconds") })(value, field);
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isContextValue(value: unknown): boolean {
  if (typeof value === "string" || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => typeof item === "string");
  return isRecord(value) && value.present === true && Object.keys(value).length === 1;
}
