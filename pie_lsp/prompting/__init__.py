"""From a function to prompts, and from a model's answers to candidates.

It knows syntax, models and pairs to show; nothing of compilers, tests, costs or editors.
"""
