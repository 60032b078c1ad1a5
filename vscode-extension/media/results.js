// Inside the results view: shows the body that it is sent, keeps focus and open parts, and reports clicks.
(function () {
  const vscode = acquireVsCodeApi();
  const root = document.getElementById("results");

  function show(body) {
    const focused = document.activeElement ? document.activeElement.id : "";
    const open = new Set(Array.from(root.querySelectorAll("details[open]"), (one) => one.id));
    root.innerHTML = body;
    for (const one of root.querySelectorAll("details")) {
      one.open = open.has(one.id);
    }
    const again = focused === "" ? null : document.getElementById(focused);
    if (again !== null) {
      again.focus();
    }
  }

  window.addEventListener("message", (event) => {
    if (typeof event.data.body === "string") {
      show(event.data.body);
    }
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-command]");
    if (button !== null) {
      vscode.postMessage({ command: button.dataset.command, result: button.dataset.result, rank: Number(button.dataset.rank) });
    }
  });
  vscode.postMessage("ready");
})();
