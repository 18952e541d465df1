// comlink has types for its Node adapter under the name without an extension; only the name with one can be bundled.
declare module 'comlink/dist/esm/node-adapter.mjs' {
  export { default } from 'comlink/dist/esm/node-adapter';
}
