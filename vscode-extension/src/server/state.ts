// The states of the server as the rest of the extension sees them. Pure.

/**
 * unsupported  this machine cannot run it
 * untrusted    the folder is not trusted, so nothing was looked for
 * missing      looked for, not found
 * failed       found, but did not start or ended
 */
export type ServerState = "off" | "unsupported" | "untrusted" | "starting" | "missing" | "failed" | "running";
