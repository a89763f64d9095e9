"""Attack campaigns: bounded and seeded runs of the whole program on odd input, by which each outcome is judged.

``python -m scripts.campaign [NAME …] [--seed N] [--count N]`` prints how many were tried and how many failed.
docs/campaign.md says what each does. Linux only: processes are forked, and some faults take mounts.
"""
