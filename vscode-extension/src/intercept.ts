// Commands of the server that lightbulb, lenses and hovers start: those with a better place in this editor are
// done here, all others go to the server as they are.
import * as vscode from "vscode";
import { optimizeDocument, optimizeNamed } from "./actions/optimize";
import * as suggestions from "./actions/suggestions";
import type { Interceptor } from "./server/client";
import type { Services } from "./services";

interface Named {
  uri: string;
  function: string;
  line?: number;
  fingerprint?: string;
}

function isNamed(argument: unknown): argument is Named {
  return typeof argument === "object" && argument !== null && "uri" in argument && "function" in argument;
}

function isFile(argument: unknown): argument is { uri: string } {
  return typeof argument === "object" && argument !== null && "uri" in argument && typeof argument.uri === "string";
}

export function interceptor(services: () => Services): Interceptor {
  return async (command, args, next) => {
    const argument = args[0];
    const place = suggestions.readShown(argument);
    if (command === "pie.optimize" && isNamed(argument)) {
      return optimizeNamed(services(), argument);
    }
    if (command === "pie.optimizeFile" || command === "pie.optimizeChanged") {
      const uri = isFile(argument) ? vscode.Uri.parse(argument.uri) : undefined;
      return optimizeDocument(services(), command === "pie.optimizeFile" ? "file" : "changed", uri);
    }
    if (command === "pie.preview" && place !== undefined) {
      return suggestions.preview(services(), place);
    }
    if (command === "pie.verifyAgain" && place !== undefined) {
      return suggestions.verifyAgain(services(), place);
    }
    if (command === "pie.discard" && place !== undefined) {
      return suggestions.discard(services(), place);
    }
    return next();
  };
}
