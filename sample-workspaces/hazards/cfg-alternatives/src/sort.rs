pub fn sorted(numbers: Vec<u32>) -> Vec<u32> {
    crate::fast::sorted(numbers)
}
