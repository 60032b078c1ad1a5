// How progress of the server becomes steps of a progress bar and one line for people. Pure.

export interface Step {
  message?: string;
  increment?: number;
}

interface Value {
  kind: string;
  message?: string;
  percentage?: number;
}

/** Turns absolute percentages, which may go back, into increments, which may not. */
export class Steps {
  private reached = 0;

  next(value: Value): Step {
    const step: Step = {};
    if (value.message !== undefined) {
      step.message = value.message;
    }
    const percentage = value.kind === "end" ? 100 : value.percentage;
    if (percentage !== undefined && percentage > this.reached) {
      step.increment = percentage - this.reached;
      this.reached = percentage;
    }
    return step;
  }
}
