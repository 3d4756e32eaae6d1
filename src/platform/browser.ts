/** The browser's extension API, for the rest of platform: nothing else under src/ touches it. */
export { browser } from 'wxt/browser'
