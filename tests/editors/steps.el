;;; What a person does in Emacs with eglot 1.9 or later and our snippet: open a file, ask for code actions
;;; at a function, start, cancel, wait, look, apply, undo, discard, save.
;;; Every step that fails signals an error, which ends Emacs with its text and a status above 0.

(dolist (pattern '("/usr/share/emacs/site-lisp/elpa/*" "/usr/share/emacs/site-lisp/elpa-src/*"))
  (dolist (folder (file-expand-wildcards pattern t))
    (add-to-list 'load-path folder)))
(require 'cl-lib)
(require 'flymake)
(load-file (getenv "PIE_TEST_SNIPPET"))
(require 'eglot)

(defconst pie-deadline 240)
(defvar pie-messages nil)
(defvar pie-prefix nil)

(defun pie-say (kind text)
  (write-region (format "%s\t%s\n" kind (replace-regexp-in-string "\n" "\\\\n" text))
                nil (getenv "PIE_TEST_LOG") t 'quiet))

(defun pie-wait (what condition)
  (let ((end (+ (float-time) pie-deadline)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (error "Waited in vain for %s" what))))

(defun pie-has (piece)
  (save-excursion (goto-char (point-min)) (search-forward piece nil t)))

(defun pie-find-function (&optional variable)
  (goto-char (point-min))
  (re-search-forward (getenv (or variable "PIE_TEST_FUNCTION")))
  (goto-char (match-beginning 0)))

(defun pie-complete (_prompt collection &rest _)
  "Choose as a person would: log the menu and take the first title with `pie-prefix'."
  (let ((titles (mapcar (lambda (each) (if (consp each) (car each) each)) collection)))
    (dolist (title titles) (pie-say "action" title))
    (or (cl-find-if (lambda (title) (string-prefix-p pie-prefix title)) titles)
        (error "No code action begins with %s" pie-prefix))))

(defun pie-choose (prefix)
  (setq pie-prefix prefix)
  (eglot-code-actions (point) (point) nil t))

(defun pie-titles ()
  (mapcar (lambda (action) (plist-get action :title)) (eglot-code-actions (point) (point))))

(defun pie-wait-for-title (prefix)
  "Ask again and again until the first title begins with PREFIX."
  (pie-wait (concat "a code action that begins with " prefix)
            (lambda () (let ((first (car (pie-titles)))) (and first (string-prefix-p prefix first))))))

(defun pie-hint ()
  (flymake-start)
  (cl-find-if (lambda (diagnostic) (string-match-p "verified faster" (flymake-diagnostic-text diagnostic)))
              (flymake-diagnostics)))

(defun pie-shown-diff ()
  (or (cl-some (lambda (text) (and (string-match "\\(/[^ \n]+\\.diff\\)" text) (match-string 1 text)))
               pie-messages)
      (cl-some (lambda (buffer)
                 (let ((name (buffer-file-name buffer)))
                   (and name (string-suffix-p ".diff" name) name)))
               (buffer-list))))

(defun pie-wait-for-hint (shown)
  "Tell the server what changed, as Emacs does when it is idle, and wait until the hint is or is not there."
  (eglot--signal-textDocument/didChange)
  (pie-wait (if shown "the hint at the function" "the hint to go away")
            ;; What arrives together with the answer to a request stays unread in jsonrpc until the server says
            ;; something more, so that something is asked.
            (lambda () (pie-titles) (eq shown (and (pie-hint) t)))))

(defun pie-undo ()
  ;; Between two commands Emacs draws this line itself.
  (undo-boundary)
  (let ((last-command 'ignore)) (undo)))

(defun pie-hover ()
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (pie-wait "the hover" (lambda () shown))
    (substring-no-properties shown)))

(defun pie-open ()
  (find-file (getenv "PIE_TEST_FILE"))
  (c++-mode)
  (apply #'eglot (eglot--guess-contact))
  (pie-wait "the server" (lambda () (and (eglot-current-server) (bound-and-true-p eglot--managed-mode))))
  (flymake-mode 1))

(defun pie-cancel ()
  (pie-find-function "PIE_TEST_OTHER_FUNCTION")
  (pie-choose "Optimize '")
  (pie-wait-for-title "Cancel optimizing")
  (pie-choose "Cancel optimizing")
  (pie-wait-for-title "Optimize '")
  (when (pie-hint) (error "A cancelled job must say nothing"))
  (pie-find-function))

(defun pie-look (source before)
  (goto-char (+ (point) (length "string un")))
  (pie-say "hover" (pie-hover))
  (pie-choose "Preview: ")
  (pie-say "diff" (pie-wait "the diff" #'pie-shown-diff))
  (set-buffer source)
  (unless (equal (buffer-string) before) (error "A preview must not change the file"))
  (pie-find-function))

(defun pie-go-stale ()
  (undo-boundary)
  (save-excursion (goto-char (point-max)) (insert "int unrelated;\n"))
  (pie-wait-for-hint nil)
  (pie-wait-for-title "Verify again")
  (pie-undo)
  (pie-wait-for-hint t)
  (pie-find-function))

(defun pie-apply ()
  (undo-boundary)
  (pie-choose (car (pie-titles)))
  (pie-wait "the edit" (lambda () (pie-has (getenv "PIE_TEST_EXPECTED"))))
  (pie-wait-for-hint nil))

(defun pie-discard ()
  (pie-find-function)
  (pie-choose "Discard the results")
  (pie-wait-for-hint nil)
  (pie-wait-for-title "Optimize '")
  (pie-choose "Optimize '")
  (pie-wait-for-hint t))

(defun pie-complaint ()
  "A setting that cannot be is said when a job starts, which shows that settings arrive."
  (pie-find-function)
  (pie-choose "Optimize '")
  (pie-wait "a message about a setting"
            (lambda () (cl-some (lambda (text) (string-match-p "\"jobs\"" text)) pie-messages))))

(defun pie-steps ()
  (pie-open)
  (when (getenv "PIE_TEST_ONLY_SETTINGS") (pie-complaint))
  (unless (or (getenv "PIE_TEST_ONLY_START") (getenv "PIE_TEST_ONLY_SETTINGS"))
    (let ((source (current-buffer)) (before (buffer-string)))
      (pie-cancel)
      (pie-choose "Optimize '")
      (pie-wait-for-hint t)
      (pie-say "hint" (flymake-diagnostic-text (pie-hint)))
      (pie-look source before)
      (pie-go-stale)
      (pie-apply)
      (pie-undo)
      (unless (equal (buffer-string) before) (error "One undo must take the edit back"))
      (pie-wait-for-hint t)
      (pie-discard)
      (pie-apply)
      (save-buffer)))
  (eglot-shutdown (eglot-current-server)))

(advice-add 'message :before
            (lambda (format &rest values)
              (when format
                (push (apply #'format-message format values) pie-messages)
                (pie-say "message" (car pie-messages)))))
(setq eglot-sync-connect 60
      eglot-autoshutdown nil
      last-nonmenu-event t
      make-backup-files nil)
(cl-letf (((symbol-function 'completing-read) #'pie-complete)
          ((symbol-function 'y-or-n-p) (lambda (question) (error "Emacs asks: %s" question)))
          ((symbol-function 'yes-or-no-p) (lambda (question) (error "Emacs asks: %s" question))))
  (pie-steps))
(pie-say "done" "all steps")
