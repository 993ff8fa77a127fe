import { readFileSync } from "node:fs";
import { XmlDocument, XmlValidateError, XsdValidator } from "libxml2-wasm";

const schema = XsdValidator.fromDoc(
  XmlDocument.fromString(readFileSync(new URL("data/jenkins-junit.xsd", import.meta.url), "utf8")),
);

/** What is wrong with a JUnit XML file by the schema that Jenkins checks such files with; empty where nothing is. */
export function junitFaults(xml: string): string[] {
  const document = XmlDocument.fromString(xml);
  try {
    schema.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message);
    throw error;
  } finally {
    document.dispose();
  }
}
