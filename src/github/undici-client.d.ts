/** The one module of undici that holds a client: the package's main module loads ten times as much. */
declare module 'undici/lib/dispatcher/client.js' {
  // biome-ignore lint/style/noDefaultExport: it is a CommonJS module
  export { Client as default } from 'undici'
}
