import {defineConfig} from "vite";

// The server sends a strict policy: nothing is inlined, every asset has a hashed name under /assets.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export default defineConfig({
  esbuild: {jsx: "automatic", jsxImportSource: "preact"},
  build: {
    target: "es2021",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: {polyfill: false},
    reportCompressedSize: true,
  },
  preview: {headers: {"Content-Security-Policy": POLICY}},
  server: {proxy: {"/api": process.env.DATELINE_SERVER ?? "http://127.0.0.1:8080"}},
});
