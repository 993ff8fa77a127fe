import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import type { FoundDenial } from "../../lib/denial/FoundDenial.js";
import { readDenials } from "../../lib/denial/readDenials.js";
import { runs } from "../random/runs.js";

/** What one refusal in a text is, by AWS's documentation and by who reads it. */
interface Expected {
  operation: string | null;
  ofVaultCreation: FoundDenial["ofVaultCreation"];
  principal: string | null;
  account: string | null;
  region: string | null;
  vault: string | null;
  key: string | null;
  kind: FoundDenial["reading"]["kind"];
  action: string | null;
  layer: string | null;
  effect: string | null;
  policy: string | null;
}

/**
 * Texts as people paste them. `source` is the page that prints the text, or the place in the tool's own source where its
 * form stands; what is put into the form is AWS's published wording. Account ids and names of persons are replaced.
 */
const texts = JSON.parse(readFileSync(new URL("texts.json", import.meta.url), "utf8")) as {
  tool: string;
  source: string;
  text: string;
  found: Expected[];
}[];

function told({ reading, ...found }: FoundDenial): Expected {
  const words = reading.kind === "action" ? reading : null;
  return {
    operation: found.operation,
    ofVaultCreation: found.ofVaultCreation,
    principal: found.principalArn,
    account: found.accountId,
    region: found.region,
    vault: found.backupVaultName,
    key: found.encryptionKeyArn,
    kind: reading.kind,
    action: words?.action ?? null,
    layer: words?.policyType ?? null,
    effect: words?.effect ?? null,
    policy: words?.policy ?? null,
  };
}

const read = (text: string) => readDenials(text).denials.map(told);

describe("What people paste", () => {
  it("is known in at least 80 texts of more than 20 tools, each with the place where it or its form is published", () => {
    expect(texts.length).to.be.at.least(80);
    expect(new Set(texts.map(({ tool }) => tool)).size).to.be.above(20);
    expect(new Set(texts.map(({ text }) => text)).size).to.equal(texts.length);
    for (const { source } of texts) expect(source).to.match(/^https:\/\/\S+/);
  });

  texts.forEach(({ tool, text, found }, index) => {
    it(`${index + 1}: ${tool}: every refusal is found, and told as what it is`, () => {
      expect(read(text)).to.deep.equal(found);
    });
  });
});

describe("What logs and terminals do to a text", () => {
  // JSON and tables are read as such: what is put before their lines makes something else of them.
  const plain = texts.filter(({ tool, text }) => !/^\s*[[{]/.test(text) && !/(?:CSV|encoded|AWS refuses)$/.test(tool));
  const anyText = fc.constantFrom(...plain);
  // What is broken already, as a table with columns, no tool breaks again.
  const isTable = (tool: string) => tool === "SAM" || tool.endsWith("lines broken");
  // Where one line alone was broken nothing says so, and where it was within the id of AWS's example, which is longer than ids are.
  const isSilent = ({ tool, found }: (typeof texts)[number]) =>
    tool === "AWS's console, two refusals" || found.some(({ policy }) => /\/p-\w{9,}$/.test(policy ?? ""));
  const unbroken = plain.filter((text) => !isTable(text.tool) && !isSilent(text));
  const anyUnbroken = fc.constantFrom(...unbroken);
  const lines = (text: string, change: (line: string, index: number) => string) =>
    text.split("\n").map(change).join("\n");
  /** What each text says by itself, read once. */
  const itself = new Map<string, Expected[]>();
  const same = (text: string, changed: string) => {
    const wanted = itself.get(text) ?? read(text);
    itself.set(text, wanted);
    expect(read(changed), changed).to.deep.equal(wanted);
  };
  // DENIAL_SEED looks at others than the ones of every run.
  const settings = { numRuns: runs(500), seed: Number(process.env.DENIAL_SEED ?? 20261127) };

  it("changes nothing: prefixes of CI services and loggers", () => {
    const stamps = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    const prefixes = fc.constantFrom<((at: string, line: number) => string)[]>(
      () => "- ",
      () => "* ",
      () => "# ",
      () => "> - ",
      () => "| ",
      (_, line) => `${line + 1} `,
      (_, line) => `${line + 98}: `,
      (_, line) => `${String(line + 8).padStart(4)} | `,
      (_, line) => `${String(line + 1).padStart(6)}→`,
      (at) => `${at}00Z stderr F `,
      () => "pod/deploy-abc12-xyz/terraform: ",
      (at) => `${at} `,
      (at) => `[${at}] `,
      (at) => `${at.slice(11, 19)} `,
      (at) => `[${at.slice(11, 19)}] `,
      (at) => `${at} 01O `,
      (at) => `${at.slice(0, 10)} ${at.slice(11, 23)} ERROR `,
      (at) => `deploy\tApply\t${at} `,
      () => "deploy-1  | ",
      () => "> ",
      () => "│ ",
      () => "[build] ",
      () => "    ",
      (_, line) => `job 7/12 step ${line % 10} -> `,
      () => "~ ",
      () => "⠋ ",
      () => "❌ ",
      () => "Error: ",
      () => "error: ",
      () => "[10:15:30]W:\t [Step 1/2] ",
      (_, line) => `#12 ${line + 3}.456 `,
      () => 'Step #2 - "apply": ',
      () => "#14 ",
      (at) => `${at.slice(0, 10)} ${at.slice(11, 19)},123 [main] ERROR com.example.App - `,
    );

    fc.assert(
      fc.property(anyText, prefixes, stamps, ({ text }, prefix, at) => {
        // A terminal that erases its line erases the prefix, too.
        if (text.includes("\r\u001B[")) return;
        same(
          text,
          lines(text, (line, index) => prefix(new Date(at.getTime() + index).toISOString(), index) + line),
        );
      }),
      settings,
    );
  });

  it("changes nothing: quotes around each line, as of a list's items, and a box's two sides", () => {
    for (const { text } of unbroken) {
      same(
        text,
        lines(text, (line) => `- '${line}'`),
      );
      same(
        text,
        lines(text, (line) => `║ ${line.padEnd(100)} ║`),
      );
    }
  });

  it("takes nothing for another principal, account or Region where a table with columns is broken once more, in a log or a box", () => {
    const tables = texts.filter(({ tool }) => tool === "SAM");
    for (const { text, found } of tables) {
      for (let columns = 40; columns < 140; columns += 7) {
        const broken = brokenAt(text, columns);
        for (const around of [(line: string) => `${line}`, (line: string) => `║ ${line.padEnd(columns)} ║`]) {
          const [, ...more] = read(lines(broken, around)).filter(({ principal }) => principal !== null);
          expect(more, broken).to.deep.equal([]);
          for (const told of read(lines(broken, around))) {
            for (const name of ["principal", "account", "region"] as const) {
              expect([null, found[0]?.[name]], broken).to.include(told[name]);
            }
          }
        }
      }
    }
  });

  it("ends a name with its line where one word stands below a short one, or a word by which logs end", () => {
    const user = "User: arn:aws:iam::111122223333:user/me is not authorized to perform:";
    const vault = "arn:aws:backup:us-west-2:111122223333:backup-vault:prod";
    const short = "You are not authorized to perform: backup:PutBackupVaultAccessPolicy";
    for (const word of ["Done", "hello", "make", "1"]) {
      same(short, `${short}\n${word}`);
      same(`${user} backup:CreateBackupVault`, `${user} backup:CreateBackupVault\n${word}\n`);
    }
    for (const word of ["Done.", "FAILED", "null", "exit", "---", "}"]) {
      const told = `${user} backup:CreateBackupVault on resource: ${vault}`;
      same(told, `${told}\n${word}`);
      const denied = `${told} with an explicit deny in an identity-based policy: NoVaults`;
      same(denied, `${denied}\n${word}`);
    }
  });

  it("tells no name where the line below may be its rest and nothing says whether it is", () => {
    const policy = "arn:aws:iam::111122223333:policy/team/Bound";
    const denied = `User: arn:aws:iam::111122223333:user/me is not authorized to perform: backup:CreateBackupVault with an explicit deny in a permissions boundary: ${policy}`;
    // What is wider than the refusal's own line tells that no screen broke that.
    const policies = (text: string) => read(`${"x".repeat(240)}\n${text}`).map((found) => found.policy);

    expect(policies(denied)).to.deep.equal([policy]);
    expect(policies(`${denied}\nary`)).to.deep.equal([null]);
    expect(policies(`${denied}\nary\nexit status 1`)).to.deep.equal([null]);
    expect(policies(`${denied}\nexit status 1`)).to.deep.equal([policy]);
  });

  it("changes nothing: a name that is broken behind levels that are not equally wide", () => {
    const policy = "arn:aws:iam::111122223333:policy/team/Boundary";
    const denied = `User: arn:aws:iam::111122223333:user/me is not authorized to perform: backup:CreateBackupVault with an explicit deny in a permissions boundary: ${policy}`;
    for (let columns = 40; columns < 160; columns += 1) {
      const levels = ["INFO", "ERROR", "WARN"];
      const log = lines(brokenAt(denied, columns), (line, at) => `2026-11-26T10:15:30Z ${levels[at % 3]} ${line}`);
      same(denied, log);
    }
  });

  it("changes nothing: colours, also those that lost their Escape", () => {
    const codes = fc.constantFrom(
      "\u001B[31m",
      "\u001B[0m",
      "\u001B[1;31m",
      "\u001B[38;5;9m",
      "[31m",
      "[0m",
      "\u001B[K",
    );

    fc.assert(
      fc.property(anyText, fc.array(fc.tuple(fc.nat(), codes), { maxLength: 12 }), ({ text }, some) => {
        const colored = some.reduce((so, [at, code]) => {
          const place = at % (so.length + 1);
          // Not within another code.
          const head = so.slice(0, place);
          return head.endsWith("\u001B") || /\[[\d;]*$/.test(head) ? so : head + code + so.slice(place);
        }, text);
        same(text, colored);
      }),
      settings,
    );
  });

  it("changes nothing: a box around all", () => {
    for (const { text } of plain)
      same(
        text,
        lines(text, (line) => `│ ${line}`),
      );
  });

  it("changes nothing: sides of a box that were read as another character set's", () => {
    for (const { text } of plain.filter(({ text }) => /[│╷╵]/.test(text) && !text.includes("─"))) {
      for (const [side, top, bottom] of [
        ["â”‚", "â•·", "â•µ"],
        ["Γöé", "Γò╖", "Γò╡"],
        ["Ôöé", "Ôò╖", "ÔòÁ"],
      ] as const) {
        same(text, text.replaceAll("│", side).replaceAll("╷", top).replaceAll("╵", bottom));
      }
    }
  });

  it("changes nothing: a box with an upper and a lower side that are wider than what is in it", () => {
    for (const { text } of unbroken) {
      const box = lines(brokenAt(text, 98), (line) => `| ${line.padEnd(98)} |`);
      same(text, `+${"-".repeat(100)}+\n${box}\n+${"-".repeat(100)}+`);
    }
  });

  it("changes nothing: NULs between characters, HTML's characters and tags", () => {
    for (const { text } of plain) {
      const inHtml = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      same(text, text.split("").join("\0"));
      same(
        text,
        lines(inHtml, (line) => `<div class="line">${line.replaceAll("/", "&#x2F;").replaceAll('"', "&quot;")}</div>`),
      );
    }
  });

  it("changes nothing: each line as an event of CloudWatch Logs, as Docker's, and as a string of a list", () => {
    for (const { text } of plain) {
      const told = text.split("\n");
      same(
        text,
        JSON.stringify({ events: told.map((message, at) => ({ timestamp: at, message, ingestionTime: at })) }),
      );
      same(
        text,
        told.map((log) => JSON.stringify({ log: `${log}\n`, stream: "stderr", time: "2026-11-26" })).join("\n"),
      );
      same(text, JSON.stringify(told));
    }
  });

  it("changes nothing: the same again, behind an empty line or a rule", () => {
    for (const { text } of unbroken) for (const between of ["\n\n", "\n---\n"]) same(text, text + between + text);
  });

  it("changes nothing: ends of lines of Windows, and of old terminals", () => {
    for (const { text } of plain) same(text, text.replaceAll("\n", "\r\n"));
  });

  it("changes nothing: the text as a string of JSON, once and twice", () => {
    for (const { text } of plain) {
      same(text, JSON.stringify({ log: text }));
      same(text, `log: ${JSON.stringify(text)}`);
      same(text, JSON.stringify({ log: JSON.stringify({ log: text }) }));
    }
  });

  it("changes nothing: a terminal that breaks lines at any column, within words too", () => {
    fc.assert(
      fc.property(anyUnbroken, fc.integer({ min: 40, max: 220 }), ({ text }, columns) => {
        same(text, brokenAt(text, columns));
      }),
      { ...settings, numRuns: runs(1000) },
    );
  });

  it("changes nothing: a tool that breaks lines between words, at any column", () => {
    fc.assert(
      fc.property(anyUnbroken, fc.integer({ min: 40, max: 220 }), ({ text }, columns) => {
        same(text, brokenBetweenWords(text, columns));
      }),
      { ...settings, numRuns: runs(1000) },
    );
  });

  const stamp = "2026-11-26T10:15:30.123Z";
  for (const [way, change] of [
    ["in a box in a log", (text, columns) => lines(brokenAt(text, columns), (line) => `${stamp} │ ${line}`)],
    [
      "that has a logger's own head, in a log",
      (text, columns) => {
        const logged = lines(text, (line, at) => `10:15:3${at % 10}.123 [main] ERROR com.example.App - ${line}`);
        return lines(brokenAt(logged, Math.min(columns + 40, 220)), (line) => `${stamp} ${line}`);
      },
    ],
    [
      "that has a logger's own head, which no list has, in a log",
      (text, columns) => {
        const logged = lines(text, (line, at) => `TestIt 2026-11-26T10:15:3${at % 10}Z logger.go:66: ${line}`);
        return lines(brokenBetweenWords(logged, Math.min(columns + 50, 220)), (line) => `[build] ${line}`);
      },
    ],
    [
      "in a box with two sides",
      (text, columns) => lines(brokenAt(text, columns), (line) => `║ ${line.padEnd(columns)} ║`),
    ],
    [
      "of a box, by the terminal",
      (text, columns) =>
        brokenAt(
          lines(text, (line) => `│ ${line}`),
          columns,
        ),
    ],
    [
      "in a log whose first line has a wider prefix",
      (text, columns) => lines(brokenAt(text, columns), (line, at) => `${stamp} ${at === 0 ? "##[error]" : ""}${line}`),
    ],
    ["that is indented", (text, columns) => lines(brokenAt(text, columns), (line) => `    ${line}`)],
    ["in a string of JSON", (text, columns) => JSON.stringify({ log: brokenAt(text, columns) })],
    [
      "in a cow's balloon",
      (text, columns) => (text.includes("\u001B") ? text : balloon(brokenAt(text, columns).split("\n"), columns)),
    ],
    ["on a web page", (text, columns) => `<pre>${inHtml(brokenAt(text, columns))}</pre>`],
    ["in a mail, quoted-printable", (text, columns) => quotedPrintable(brokenAt(text, columns))],
    ["of an address", (text, columns) => brokenAt(`https://chat.example/?text=${encodeURIComponent(text)}`, columns)],
  ] satisfies [string, (text: string, columns: number) => string][]) {
    it(`changes nothing: a broken line ${way}`, () => {
      fc.assert(
        fc.property(anyUnbroken, fc.integer({ min: 40, max: 220 }), ({ text }, columns) => {
          same(text, change(text, columns));
        }),
        settings,
      );
    });
  }
});

describe("A text whose lines were broken twice", () => {
  it("tells no other name, key, principal or layer than it has: it tells it whole, or none", () => {
    const names = ["principal", "account", "region", "vault", "key", "layer", "policy"] as const;
    for (const { tool, text, found } of texts) {
      if (/^\s*[[{]/.test(text) || found.length !== 1 || /(?:CSV|encoded|broken|SAM|its line ends)$/.test(tool))
        continue;
      for (let columns = 80; columns <= 220; columns += 20) {
        const told = read(brokenAt(brokenAt(text, columns), 78)).filter(
          ({ ofVaultCreation }) => ofVaultCreation === "yes",
        );
        for (const one of told) {
          for (const name of names) expect([null, found[0]?.[name]], `${tool}, ${columns}`).to.include(one[name]);
        }
      }
    }
  });
});

function inHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&#34;")
    .replaceAll("'", "&#39;");
}

/** As cowsay draws it. */
function balloon(lines: readonly string[], columns: number): string {
  const sides = (at: number) => (at === 0 ? ["/", "\\"] : at === lines.length - 1 ? ["\\", "/"] : ["|", "|"]);
  const told = lines.map((line, at) => `${sides(at)[0]} ${line.padEnd(columns)} ${sides(at)[1]}`);
  return [` ${"_".repeat(columns + 2)}`, ...told, ` ${"-".repeat(columns + 2)}`].join("\n");
}

/** @see https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
function quotedPrintable(text: string): string {
  const escaped = (character: string) =>
    /[\x20-\x3c\x3e-\x7e\t]/.test(character)
      ? character
      : [...new TextEncoder().encode(character)]
          .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
          .join("");
  const encoded = (line: string) =>
    Array.from(line).reduce((so, character) => {
      const more = escaped(character);
      const width = so.length - so.lastIndexOf("\n") - 1;
      return width + more.length > 75 ? `${so}=\n${more}` : so + more;
    }, "");
  return text.split("\n").map(encoded).join("\n");
}

/** As a terminal breaks a line that is too long, and as it is then copied. */
function brokenAt(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "gsu")) ?? [""])
    .join("\n");
}

function brokenBetweenWords(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => line.replace(new RegExp(`(.{1,${columns}})(?: +|$)`, "gu"), "$1\n").replace(/\n$/, ""))
    .join("\n");
}

describe("A hostile text", () => {
  /** A tenth of what is read at most, in `npm test`: what grows with the square shows in it, too. */
  const size = runs(500_000);
  const whole = 1_000_000;

  // A pattern that went back and forth over one of these would not come to an end within mocha's limit.
  for (const part of [
    " ",
    "\n",
    "\\",
    '\\"',
    "{",
    "[",
    '{"a":',
    "\u001B[",
    "│ ",
    "╷\n",
    "User:",
    "Action:",
    "User: arn:aws:iam::111122223333:user/a Action: a:b Context: no ",
    "not%20authorized%20to ",
    "=3D=\n",
    "2026-11-26 10:15:30 [a] - x: y] z> w- \n",
    "StatusCode: 403, ",
    "aws_backup_vault.a: Creation complete after ",
    "AccessDenied ",
    "AccessDenied: \n",
    "An error occurred (",
    "CREATE_FAILED AWS::Backup::BackupVault ",
    "is not authorized to perform: ",
    "is not authorized to perform: backup:CreateBackupVault\n",
    "is not authorized to perform: a:b on resource: ",
    "is not authorized to perform: a:b with an explicit deny in a policy: ",
    "because no ",
    "operation error Backup: CreateBackupVault, ",
    "creating Backup Vault (",
    "arn:aws:backup:us-west-2:111122223333:backup-vault:",
    "userIdentity ",
    "eventName,errorCode,",
    "an event name, an error code\n",
    'eventName,errorCode\n"',
    "eventName,errorCode\nCreateBackupVault,AccessDenied\n",
    "\\\n",
    "a=\n",
    "a%20b\n",
    " ____\n/ a \\\n",
    "aws backup\n",
    "Throttling ",
    "The config profile (",
    "AccessDenied... ",
    "a",
  ]) {
    it(`that repeats ${JSON.stringify(part)} again and again comes to an end`, () => {
      expect(readDenials(part.repeat(Math.floor(size / part.length))).denials.length).to.be.at.most(100);
    });
  }

  it("is read without an error, made of pieces of real ones", () => {
    const pieces = [...new Set(texts.flatMap(({ text }) => text.split(/(?<=[\s:,.])/)))];

    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 80 }), (some) => {
        for (const found of readDenials(some.join("")).denials) expect(found.denial.message).to.not.equal("");
      }),
      { numRuns: runs(500) },
    );
  });

  it("of more than a million characters is read from its end, where tools say what went wrong", () => {
    const [first] = texts;
    const text = `${`${"x".repeat(999)}\n`.repeat(whole / 1000)}${first?.text ?? ""}`;

    const { denials, unread } = readDenials(text);

    expect(denials.map(told)).to.deep.equal(first?.found);
    expect(unread).to.equal(text.length - whole);
  });

  it("with the same refusal a thousand times tells it once", () => {
    const message = texts.find(({ tool }) => tool === "AWS CLI 2")?.text ?? "";

    expect(readDenials(message.repeat(1000)).denials).to.have.length(1);
  });
});
