"""Works on many programs at once: checks the corpus, calibrates the estimate, judges it, labels manifests.

Stands beside the faces: it asks the engine and the packages below it, and knows no terminal and no editor.
"""
