"""Many campaigns on threads or a cluster, interrupted or not."""
