/**
 * Whether a Host header names this machine's loopback. A web page whose name was bound anew to 127.0.0.1 sends its own
 * name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host ?? "");
}
