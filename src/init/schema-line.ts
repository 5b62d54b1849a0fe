/**
 * The path of the schema that the configuration was written for; beside the default ledger, in a folder that is not
 * read as configuration.
 */
export const SCHEMA_FILE = '.octoform/schema.json'

/**
 * The first line of a configuration, by which editors find its schema. It leads to a file of the same repository, so
 * that it works without this program and without a network.
 * @param up the way from the configuration's folder to the one that `SCHEMA_FILE` lies in, such as `..`
 * @see https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
 */
export function schemaLine(up = ''): string {
  return `# yaml-language-server: $schema=${up === '' ? '' : `${up}/`}${SCHEMA_FILE}\n`
}
