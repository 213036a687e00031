"""What contenders do. Each module is run as a process: python -m …workloads.capture NAME SIZE."""
