"""Quality: rounds of assessment, improvements, complaints, and how it went over the years."""
