"""Activity plans: goals, activities, component packages, reviews, summaries."""
