import { demonstrate } from "./demonstrate.js";

/** docs/transcript.md: what `npm start` prints, world by world. */
export async function transcript(): Promise<string> {
  let text = "";
  await demonstrate((part) => {
    text += part;
  }, false);
  const worlds = text.split(/^=== World \d+ of \d+: (.*) ===\n\n/m).slice(1);
  const sections: string[] = [];
  for (let at = 0; at < worlds.length; at += 2) {
    sections.push(
      `## ${sections.length + 1}. ${capital(worlds[at] ?? "")}\n\n\`\`\`text\n${(worlds[at + 1] ?? "").trim()}\n\`\`\`\n`,
    );
  }
  return `# What \`npm start\` prints

An ordinary program creates a vault with the drop-in client, in six worlds of the embedded AWS. Made by
\`npm run transcript\`; a spec holds it up to date.

${sections.join("\n")}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
