// The pictures of the README, from a real run: what `explain` prints on a terminal, and the page that it writes, both of the
// same snapshot, photographed in Debian's headless Chromium. `npm run pictures`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../lib/cli/run.js";
import { photograph } from "./pictures/photograph.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const snapshot = "spec/examples/service-control-policy-denies.snapshot.json";
const pictures = join(root, "docs/pictures");
const scratch = mkdtempSync(join(tmpdir(), "pictures-"));

/** The styles that the text report uses, as a terminal shows them; another one is an error. */
const styles: Readonly<Record<string, string>> = {
  "1": '<b style="color:#fff">',
  "31": '<span style="color:#ff7b72">',
  "32": '<span style="color:#7ee787">',
  "33": '<span style="color:#e3b341">',
  "22": "</b>",
  "39": "</span>",
};

const beginsStyle = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`, "g");

process.chdir(root);
mkdirSync(pictures, { recursive: true });
try {
  const printed = await explained();
  const screen = join(scratch, "terminal.html");
  writeFileSync(screen, terminal(`$ npx backup-vault-access explain --snapshot denied.snapshot.json\n\n${printed}`));
  photograph(screen, join(pictures, "terminal.png"), 1160, 410);
  const page = join(scratch, "page.html");
  await explained("--format", "html", "--output", page);
  photograph(page, join(pictures, "page.png"), 1160, 470);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** What the command prints on a terminal. */
async function explained(...options: string[]): Promise<string> {
  let text = "";
  const code = await run(["explain", "--snapshot", snapshot, ...options], {
    stdout: (part) => {
      text += part;
    },
    stderr: (part) => process.stderr.write(part),
    stdin: async () => "",
    env: {},
    isTerminal: true,
  });
  if (code !== 1) throw new Error(`explain ended with ${code}, and the snapshot is of a refusal`);
  return text;
}

function terminal(text: string): string {
  const html = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(beginsStyle, (_, code: string) => {
      const style = styles[code];
      if (style === undefined) throw new Error(`there is no style ${code}`);
      return style;
    });
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#0d1117"><pre style="margin:0;padding:20px;color:#c9d1d9;font:14px/1.45 'DejaVu Sans Mono',monospace;white-space:pre-wrap">${html}</pre>`;
}
